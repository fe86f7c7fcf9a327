'use strict';
// Loaded into a process that is measured: says at its end what it took, one line a process.
const { appendFileSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // Microseconds, and kilobytes of 1024 bytes.
  appendFileSync(process.env.LOADLAB_USAGE_FILE, `${JSON.stringify({ userCPUTime, systemCPUTime, maxRSS })}\n`);
});
