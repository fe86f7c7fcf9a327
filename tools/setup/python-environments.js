'use strict';

/**
 * Python environments, each from requirements locked with hashes. `uv` installs them; it comes from PyPI into each
 * environment itself, so nothing but Python is asked of the machine.
 */
const environments = [
  {
    folder: '.venv',
    requirements: 'tools/python/litellm/requirements.lock',
    purpose: 'LiteLLM, the gateway under test',
    megabytes: 580,
    forTestsOnly: false,
  },
  {
    folder: '.venv-moto',
    requirements: 'tools/python/moto/requirements.lock',
    purpose: "moto: S3 for rehearsed states, and AWS's API for tests",
    megabytes: 145,
    forTestsOnly: false,
  },
  {
    folder: '.venv-checkov',
    requirements: 'tools/python/checkov/requirements.lock',
    purpose: 'Checkov: the synthesized stacks against good practice',
    megabytes: 260,
    forTestsOnly: true,
  },
];

/** Those that a command needs: the benchmark runs LiteLLM and keeps its states in S3, the tests need everything. */
function environmentsFor(tests) {
  return environments.filter((environment) => tests || !environment.forTestsOnly);
}

module.exports = { environmentsFor };
