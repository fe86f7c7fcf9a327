import { lastException, lastLines, meaningfulLines } from './log-excerpt';

/** Printed by LiteLLM itself, between its banners, so they never explain a failure. */
const ADVERTISEMENT =
  /^(#.*#$|\s*Thank you for using LiteLLM|.*Give Feedback \/ Get Help|LiteLLM: Proxy initialized|\s{4}[\w./;*:-]+$)/;

/** True for the advertisements that LiteLLM prints at its start. */
export function isLiteLlmNoise(line: string): boolean {
  return ADVERTISEMENT.test(line);
}

/**
 * Why LiteLLM will never come up, once its log says so. With several workers the process itself lives on for half a minute after
 * that: the server pings each dead worker and starts another one first.
 * @source litellm/proxy/auth/master_key_boot_check.py and uvicorn/lifespan/on.py, both as of LiteLLM 1.108.7
 */
export function liteLlmFailedStart(log: string): string | undefined {
  const lines = meaningfulLines(log);
  const failed = lines.findIndex((line) => line.includes('Application startup failed. Exiting.'));
  if (failed < 0) return undefined;
  return refusal(lines) ?? lastException(lines.slice(0, failed));
}

/** Why LiteLLM has ended, as its log tells it. */
export function liteLlmLastWords(log: string): string | undefined {
  const lines = meaningfulLines(log);
  const telling = lines.filter((line) => !isLiteLlmNoise(line));
  return liteLlmFailedStart(log) ?? addressInUse(lines) ?? lastException(lines) ?? lastLines(telling, 5);
}

/** LiteLLM's own words when the master key is missing or weak; the second line says which setting it looked at. */
function refusal(lines: readonly string[]): string | undefined {
  const exception = lines.find((line) => line.includes('LiteLLM proxy refused to start:'));
  if (exception === undefined) return undefined;
  const sentence = exception.slice(exception.indexOf('LiteLLM proxy refused to start:'));
  return sentence.replace(' The fix is printed once the server exits.', '');
}

function addressInUse(lines: readonly string[]): string | undefined {
  return lines.find((line) => /address already in use/i.test(line));
}
