import { randomStream } from '../../schedule/random-stream';
import { shuffledIndices } from '../../schedule/shuffle';
import type { Prompt } from '../../scenario/scenario';
import { TOKEN_PLACE } from './request-token';

/** The sentence of LiteLLM's published load test, which repeats it 150 times, each time after a UUID. */
const SENTENCE = " This is a test there will be no cache hits and we'll fill up the context";

/** The prompts of a run, and which request gets which. */
export interface PromptSource {
  readonly prompts: readonly string[];
  /** Whether each prompt begins with `TOKEN_PLACE`, to be made unique. */
  readonly unique: boolean;
  /** The place in `prompts` of a request's prompt, by the request's number. */
  promptOf(index: number): number;
}

/** The prompts that a scenario asks for; `fromFile` are the lines of `prompt.file`. */
export function promptSource(prompt: Prompt, seed: number, fromFile: readonly string[] = []): PromptSource {
  if ('text' in prompt) return { prompts: [prompt.text], unique: false, promptOf: () => 0 };
  if ('bytes' in prompt) return { prompts: [generatedPrompt(prompt.bytes)], unique: prompt.unique, promptOf: () => 0 };
  if (fromFile.length === 0) throw new Error(`no prompts were given for ${prompt.file}`);
  const { length } = fromFile;
  if (prompt.order === 'sequential') return { prompts: fromFile, unique: false, promptOf: (index) => index % length };
  const order = shuffledIndices(length, randomStream(seed, 'prompts'));
  return { prompts: fromFile, unique: false, promptOf: (index) => order[index % length] ?? 0 };
}

/** The published prompt, cut to so many bytes (it is ASCII). Only the first UUID differs from request to request. */
function generatedPrompt(bytes: number): string {
  const round = TOKEN_PLACE + SENTENCE;
  return round.repeat(Math.ceil(bytes / round.length)).slice(0, bytes);
}
