import { html } from './markup';

/** The house's mark, in the colours of the page that it stands in. */
export const LOGO = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <rect width="24" height="24" rx="6" fill="var(--target)" />
  <path
    d="M5 17 9 12l3 2.5L19 6"
    fill="none"
    stroke="var(--card)"
    stroke-width="2.4"
    stroke-linecap="round"
    stroke-linejoin="round"
  />
</svg>`;
