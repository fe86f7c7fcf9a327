import { defineCommand } from '../command';

/** `loadlab report`: the pages again, from records. */
export const report = defineCommand<{ records: string[]; out?: string }>({
  command: 'report <records..>',
  describe: 'Write the pages again, from records; several of one scenario are added up',
  builder: {
    out: { type: 'string', requiresArg: true, describe: 'Folder for the pages (default: beside the first record)' },
  },
  examples: [
    ['$0 report results/*/result.json --out pages', 'all rounds that were ever run, as one page each scenario'],
  ],
  handler: ({ records, out }) => {
    const { renderReports } = require('../work/render-pages') as typeof import('../work/render-pages');
    const files = renderReports(records, out);
    process.stdout.write(files.map((file) => `${file}\n`).join(''));
  },
});
