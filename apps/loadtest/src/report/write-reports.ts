import { join } from 'node:path';
import { writeWhole } from '@loadlab/foundation';
import type { RunRecord } from '../record/record-schema';
import { htmlReport } from './html/html-report';
import { junitReport } from './junit-report';
import { markdownReport } from './markdown-report';

/** The pages of a run and what makes each. */
const PAGES: Readonly<Record<string, (record: RunRecord) => string>> = {
  'report.html': htmlReport,
  'report.md': markdownReport,
  'junit.xml': junitReport,
};

/** Writes a run's pages into a folder, each under a temporary name first. @returns their names */
export function writeReports(record: RunRecord, folder: string): string[] {
  for (const [name, render] of Object.entries(PAGES)) writeWhole(join(folder, name), render(record));
  return Object.keys(PAGES);
}
