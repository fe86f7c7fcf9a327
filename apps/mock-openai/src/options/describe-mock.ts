import { formatDuration } from '@loadlab/foundation';
import type { MockOptions } from './mock-options';

/** One line that says where the mock is and what its schedule is. */
export function describeMock(options: MockOptions, url: string): string {
  const { latencySigma, errorRate, errorStatus, rateLimitPerSecond, workers } = options;
  const spread = latencySigma === 0 ? '' : ` (median; sigma ${latencySigma})`;
  const parts = [
    `JSON after ${formatDuration(options.latencySeconds)}${spread}`,
    `streams after ${formatDuration(options.ttftSeconds)}, ${formatDuration(options.gapSeconds)} a token`,
    `${options.tokens} tokens`,
    ...(errorRate === 0 ? [] : [`${Number((errorRate * 100).toPrecision(6))}% fail with ${errorStatus}`]),
    ...(rateLimitPerSecond === 0 ? [] : [`at most ${Number(rateLimitPerSecond.toPrecision(6))} requests/s`]),
    `${workers} worker${workers === 1 ? '' : 's'}`,
    `seed ${options.seed}`,
  ];
  return `mock-openai listens at ${url}: ${parts.join(', ')}`;
}
