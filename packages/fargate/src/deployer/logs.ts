import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';

/** Reads logs of containers. */
export interface Logs {
  /** The newest lines of a stream, oldest first. @throws AWS's own errors, also for a stream that does not exist */
  lastLines(group: string, stream: string, count: number): Promise<readonly string[]>;
}

/** CloudWatch Logs itself, through its SDK. */
export function cloudWatchLogs(client: CloudWatchLogsClient): Logs {
  return {
    async lastLines(logGroupName, logStreamName, limit) {
      const { events = [] } = await client.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, limit, startFromHead: false }),
      );
      return events.map(({ message = '' }) => message);
    },
  };
}

/** Connection strings with a password, and keys in LiteLLM's and OpenAI's form. */
const SECRETS = [
  /(?<=:\/\/[^\s:/@]*:)[^\s@]+(?=@)/g,
  /\bsk-[\w-]{8,}/g,
  /(?<=(?:password|secret|token)["']?\s*[=:]\s*["']?)[^\s"',]+/gi,
];

/** Log lines end up on a terminal and in CI's output: what looks like a secret does not. */
export function withoutSecrets(line: string): string {
  return SECRETS.reduce((text, pattern) => text.replace(pattern, '***'), line);
}
