'use strict';
// Autocannon by itself, with its own metrics alone: the same requests, from as many connections, without end.
const { readFileSync } = require('node:fs');
const autocannon = require('autocannon');

const { BENCH_URL, BENCH_CONNECTIONS, BENCH_BODY } = process.env;
autocannon({
  url: BENCH_URL,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: readFileSync(BENCH_BODY),
  connections: Number(BENCH_CONNECTIONS),
  duration: 600,
});
