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
    for: ['benchmark', 'tests'],
  },
  {
    folder: '.venv-moto',
    requirements: 'tools/python/moto/requirements.lock',
    purpose: "moto: S3 for rehearsed states, and AWS's API for tests",
    megabytes: 145,
    for: ['benchmark', 'rehearsals', 'tests'],
  },
  {
    folder: '.venv-checkov',
    requirements: 'tools/python/checkov/requirements.lock',
    purpose: 'Checkov: the synthesized stacks against good practice',
    megabytes: 260,
    for: ['tests'],
  },
];

/**
 * Those that something needs: the `benchmark` runs LiteLLM and keeps its states in S3, `rehearsals` only keep states there, the `tests`
 * need everything.
 */
function environmentsFor(what) {
  return environments.filter((environment) => environment.for.includes(what));
}

module.exports = { environmentsFor };
