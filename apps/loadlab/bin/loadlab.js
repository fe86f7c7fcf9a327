#!/usr/bin/env node
// The workspace is source-first: tsx compiles TypeScript as it is loaded, and caches it.
require('tsx/cjs');
require('../src/main.ts');
