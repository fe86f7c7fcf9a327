import { formatReview, readPlans, reviewPlans, type ReviewFormat } from '../src';

// One review in a process of its own; prints what it took.
const [file = '', format = 'json'] = process.argv.slice(2);
const start = performance.now();
const before = process.cpuUsage();
const text = formatReview(reviewPlans(readPlans([`lab=${file}`])), format as ReviewFormat);
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
if (text.length === 0) throw new Error('nothing was written');
console.log(
  JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }),
);
