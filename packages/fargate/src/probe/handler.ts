import { questionSchema, type Answers } from './answer';

/** Enough for a health answer and for an error's beginning. */
const DETAIL_LENGTH = 200;

/**
 * AWS Lambda's entry point, inside the VPC: asks each address once and reports what it said. An address that does not
 * answer is an answer, too; whether that is good enough is for the asker to judge.
 */
export async function handler(event: unknown): Promise<Answers> {
  const { urls, timeoutSeconds } = questionSchema.parse(event);
  return Promise.all(urls.map((url) => ask(url, timeoutSeconds)));
}

async function ask(url: string, timeoutSeconds: number): Promise<Answers[number]> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    return { url, status: response.status, detail: (await response.text()).slice(0, DETAIL_LENGTH) };
  } catch (error) {
    return { url, status: 0, detail: reasonOf(error) };
  }
}

/** fetch says "fetch failed"; what failed is in the cause. */
function reasonOf(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return String(cause ?? error);
}
