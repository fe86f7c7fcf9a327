import type { Check, Finding } from './check';
import type { Machine } from './machine';

const BENCHMARK = 'npm run benchmark';

/**
 * What the benchmark on this machine needs, and what would make its numbers doubtful; where something is to be deployed from it,
 * Terraform too must be there.
 */
export function localChecks(
  machine: Machine,
  { deploys }: { readonly deploys: boolean } = { deploys: false },
): Check[] {
  return [
    { name: 'Node', neededFor: 'everything', run: () => node(machine.nodeVersion) },
    { name: 'LiteLLM', neededFor: BENCHMARK, run: () => liteLlm(machine.liteLlmVersion) },
    { name: 'cores', neededFor: BENCHMARK, run: () => cores(machine.cores) },
    { name: 'memory', neededFor: BENCHMARK, run: () => memory(machine.memoryGb) },
    { name: 'load', neededFor: 'trustworthy figures', run: () => load(machine.loadPerCore) },
    { name: 'disk', neededFor: 'installing', run: () => disk(machine.freeDiskGb) },
    {
      name: 'Terraform',
      neededFor: `${BENCHMARK}, deploying and rehearsing`,
      run: async () => terraform(await machine.terraformVersion(), deploys ? 'missing' : 'warning'),
    },
    { name: 'Chromium', neededFor: 'npm test', run: () => chromium(machine.chromium) },
  ];
}

function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return { state: 'ok', seen: version };
  return { state: 'missing', seen: `${version} is too old`, remedy: 'install Node 20.19 or later, 22 by preference' };
}

function liteLlm(version: string | undefined): Finding {
  return version === undefined
    ? { state: 'missing', seen: 'no .venv with LiteLLM', remedy: 'npm run setup' }
    : { state: 'ok', seen: version };
}

function cores(count: number): Finding {
  if (count >= 4) return { state: 'ok', seen: String(count) };
  return {
    state: 'warning',
    seen: `${count}: gateway, upstream and generator share them`,
    remedy: 'read the figures as this machine, not as the gateway; the scenario is scaled down',
  };
}

function memory(gb: number): Finding {
  // A LiteLLM worker holds 400 MB and its parent 300 MB; the rest is the generator, the mock and the system.
  return gb >= 3.5
    ? { state: 'ok', seen: `${gb.toFixed(1)} GB` }
    : { state: 'missing', seen: `${gb.toFixed(1)} GB`, remedy: 'at least 4 GB' };
}

function load(perCore: number): Finding {
  if (perCore < 0.5) return { state: 'ok', seen: `${perCore.toFixed(2)} a core` };
  return {
    state: 'warning',
    seen: `${perCore.toFixed(2)} a core: something else is running`,
    remedy: 'stop it, or expect noise',
  };
}

function disk(freeGb: number): Finding {
  // node_modules and the Python environment take about 1.6 GB.
  return freeGb >= 3
    ? { state: 'ok', seen: `${freeGb.toFixed(0)} GB free` }
    : { state: 'warning', seen: `${freeGb.toFixed(1)} GB free`, remedy: 'installing takes about 2 GB' };
}

function terraform(version: string | undefined, state: 'missing' | 'warning'): Finding {
  const remedy = 'install Terraform 1.11 or later: https://developer.hashicorp.com/terraform/install';
  if (version === undefined) return { state, seen: 'not on the PATH', remedy };
  const [major = 0, minor = 0] = (/v(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  return major > 1 || minor >= 11
    ? { state: 'ok', seen: version }
    : { state, seen: `${version} is too old: write-only arguments need 1.11`, remedy };
}

function chromium(file: string | undefined): Finding {
  return file === undefined
    ? { state: 'warning', seen: 'not found', remedy: 'install chromium, or set CHROMIUM_PATH' }
    : { state: 'ok', seen: file };
}
