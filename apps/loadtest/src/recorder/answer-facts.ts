/** What a complete and proper answer said, as far as figures are made of it. Reused from request to request, hence not readonly. */
export interface AnswerFacts {
  /** As `usage` said, else the number of content frames; 0 when neither is known. */
  outputTokens: number;
  /** LiteLLM's headers, in milliseconds; NaN when the answer had none. */
  overheadMs: number;
  responseMs: number;
  /** When the first content token came, on the run's clock in milliseconds; NaN unless streamed. */
  firstTokenMs: number;
  /** The pauses before the second, third, … content token, in milliseconds. Only the first `gapCount` are of this answer. */
  gapsMs: Float64Array;
  gapCount: number;
}
