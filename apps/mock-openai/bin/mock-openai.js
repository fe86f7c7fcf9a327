#!/usr/bin/env node
// The source runs as it is: tsx takes the types out as files are loaded.
require('tsx/cjs');
require('../src/main.ts');
