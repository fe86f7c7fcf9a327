/** Keys and tokens by the marks that their makers put on them. */
const MARKS: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{8,}/, // OpenAI, Anthropic, LiteLLM
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, // AWS access key ids
  /\b(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/,
  /\bglpat-[\w-]{16,}/,
  /\bxox[abeoprs]-[\w-]{10,}/, // Slack
  /\bAIza[\w-]{30,}/, // Google
  /\bhf_[A-Za-z0-9]{20,}/, // Hugging Face
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/, // Stripe
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, // JSON web tokens
  /:\/\/[^\s/:@]+:[^\s/@]+@/, // a URL with a password
];

/** True for a text that holds what is recognizably a key, a token or a password. */
export function looksSecret(text: string): boolean {
  return MARKS.some((mark) => mark.test(text));
}

/** The text without what {@link looksSecret} recognizes in it: for whatever is shown to people, or kept in a log. */
export function hideSecrets(text: string): string {
  return MARKS.reduce((rest, mark) => rest.replaceAll(new RegExp(mark, 'g'), '(hidden)'), text);
}
