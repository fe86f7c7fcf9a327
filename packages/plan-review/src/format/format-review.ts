import type { Review } from '../review/review-schema';
import { formatHtml } from './html/page';
import { formatMarkdown } from './markdown';
import { formatSarif } from './sarif';
import { formatTerminal } from './terminal';

/** The forms in which a review can be had. */
export const REVIEW_FORMATS = ['terminal', 'markdown', 'html', 'json', 'sarif'] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

/** A review as text; only the one for a terminal knows colours. */
export function formatReview(review: Review, format: ReviewFormat, useColor = false): string {
  switch (format) {
    case 'terminal':
      return formatTerminal(review, useColor);
    case 'markdown':
      return formatMarkdown(review);
    case 'html':
      return formatHtml(review);
    case 'sarif':
      return formatSarif(review);
    case 'json':
      return `${JSON.stringify(review, null, 2)}\n`;
  }
}
