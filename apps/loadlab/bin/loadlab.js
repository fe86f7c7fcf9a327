#!/usr/bin/env node
// Which Node will do is for the doctor to say, in one place; AWS's SDK would say it beside every answer.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
// The workspace is source-first: tsx compiles TypeScript as it is loaded, and caches it.
require('tsx/cjs');
require('../src/main.ts');
