import type { TokenStream } from './answer';
import { token } from './words';

/** The events of a stream of chunks: OpenAI's chat and older completions differ in nothing else. */
export interface ChunkForm {
  readonly tokens: number;
  readonly choices: number;
  /** The JSON of every chunk up to its choices, without the closing brace. */
  readonly head: string;
  /** The usage as JSON, where the request asked for it. */
  readonly usage: string | undefined;
  /** The JSON of one choice in a chunk, up to and with its finish reason: before the first token, … */
  readonly first?: (choice: number) => string;
  /** … with a token, … */
  readonly next: (choice: number, text: string) => string;
  /** … and after the last. */
  readonly last: (choice: number) => string;
}

/** One answer, token by token: one chunk for each choice, then the finish reasons, the usage if asked for, and `[DONE]`. */
export class ChunkStream implements TokenStream {
  readonly tokens: number;
  private readonly before: string;
  private readonly after: string;

  constructor(private readonly form: ChunkForm) {
    this.tokens = form.tokens;
    this.before = `data: ${form.head},"choices":[`;
    // With include_usage, every event but the last says that its usage is null.
    this.after = form.usage === undefined ? ']}\n\n' : '],"usage":null}\n\n';
  }

  start(): string {
    return this.form.first === undefined ? '' : this.chunks(this.form.first);
  }

  token(index: number): string {
    const text = token(index);
    return this.chunks((choice) => this.form.next(choice, text));
  }

  end(): string {
    const { usage, last } = this.form;
    const total = usage === undefined ? '' : `${this.before}],"usage":${usage}}\n\n`;
    return `${this.chunks(last)}${total}data: [DONE]\n\n`;
  }

  private chunks(choiceJson: (choice: number) => string): string {
    let text = '';
    for (let choice = 0; choice < this.form.choices; choice++) text += this.before + choiceJson(choice) + this.after;
    return text;
  }
}
