import { formatReview, readPlans, reviewPlans, type ReviewFormat } from '../src';

// One review in a process of its own; prints what it took.
const [file = '', format = 'json'] = process.argv.slice(2);
const start = performance.now();
const text = formatReview(reviewPlans(readPlans([`lab=${file}`])), format as ReviewFormat);
const seconds = (performance.now() - start) / 1000;
if (text.length === 0) throw new Error('nothing was written');
console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
