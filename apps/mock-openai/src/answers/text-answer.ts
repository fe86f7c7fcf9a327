import type { Answer, Stamp, TokenStream } from './answer';
import type { TemplateCache } from './template-cache';
import { type TextHole, type TextRequest, textFillings } from './text-request';

/** What tells OpenAI's chat completions from its older completions. */
export interface TextForm {
  /** Of its ids: `chatcmpl-`. */
  readonly idPrefix: string;
  readonly whole: TemplateCache<TextHole>;
  readonly stream: (
    request: TextRequest,
    fillings: Readonly<Record<TextHole, string>>,
    withUsage: boolean,
  ) => TokenStream;
}

/** The answer to a request for text, in either of the two APIs. */
export class TextAnswer implements Answer {
  constructor(
    private readonly form: TextForm,
    private readonly request: TextRequest,
    readonly streamed: boolean,
    private readonly withUsage: boolean,
  ) {}

  json(stamp: Stamp): string {
    return this.form.whole.get(this.request).fill(this.fillings(stamp));
  }

  stream(stamp: Stamp): TokenStream {
    return this.form.stream(this.request, this.fillings(stamp), this.withUsage);
  }

  private fillings(stamp: Stamp): Readonly<Record<TextHole, string>> {
    return textFillings(this.request, stamp, this.form.idPrefix);
  }
}
