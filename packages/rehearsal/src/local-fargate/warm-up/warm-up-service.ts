import type { LocalService } from '../service/local-service';
import { warmUp, type WarmUpOptions, type WarmUpOutcome } from './warm-up';

/** Warms up every worker of every task of a service, one task after the other. Resolves to one outcome a task. */
export async function warmUpService(
  service: LocalService,
  options: Omit<WarmUpOptions, 'url' | 'workers'>,
): Promise<readonly WarmUpOutcome[]> {
  const outcomes: WarmUpOutcome[] = [];
  for (const { url, workers } of service.endpoints) outcomes.push(await warmUp({ ...options, url, workers }));
  return outcomes;
}
