'use strict';
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const { SetupError } = require('./setup-error');

const isMac = process.platform === 'darwin';

/** Node 20.19 is the first that can load ES modules from CommonJS; cdktf and nx want 20 as well. */
function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old: LoadLab needs Node 20.19 or later`,
    isMac ? 'brew install node@22' : 'install Node 22 from https://nodejs.org/en/download, or: nvm install 22',
  );
}

/** The absolute path of a command on the PATH, or undefined. */
function onPath(command) {
  for (const folder of (process.env.PATH || '').split(path.delimiter)) {
    if (folder === '') continue;
    const file = path.join(folder, command);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // Not here: look in the next folder.
    }
  }
  return undefined;
}

function requireNpm() {
  const npm = onPath('npm');
  if (npm !== undefined) return npm;
  throw new SetupError(
    'npm was not found on the PATH; it installs the packages that LoadLab is built on',
    isMac ? 'brew install node@22' : 'it comes with Node: https://nodejs.org/en/download',
  );
}

/**
 * The first Python from 3.10 to 3.14 that can make a virtual environment: LiteLLM runs on those.
 * LOADLAB_PYTHON names another interpreter.
 */
function requirePython() {
  const names = process.env.LOADLAB_PYTHON
    ? [process.env.LOADLAB_PYTHON]
    : ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3.14', 'python'];
  const seen = [];
  for (const name of names) {
    const asked = spawnSync(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2]); import venv, ensurepip'], {
      encoding: 'utf8',
    });
    const version = (asked.stdout || '').trim();
    if (version === '') continue;
    const [major, minor] = version.split('.').map(Number);
    if (major !== 3 || minor < 10 || minor > 14) seen.push(`${name} is ${version}`);
    else if (asked.status !== 0)
      seen.push(`${name} ${version} cannot make virtual environments (its venv module is missing)`);
    else return { command: name, version };
  }
  throw new SetupError(
    `Python 3.10 to 3.14 is needed to run LiteLLM, the gateway under test; seen: ${seen.length > 0 ? seen.join(', ') : 'none'}`,
    isMac
      ? 'brew install python@3.12'
      : 'sudo apt-get install python3 python3-venv   (or set LOADLAB_PYTHON to an interpreter)',
  );
}

/** A Chromium or Chrome: CHROMIUM_PATH, or one of the usual names on the PATH. */
function findChromium() {
  return (
    process.env.CHROMIUM_PATH ||
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
      .map(onPath)
      .find((file) => file !== undefined)
  );
}

/** The folder of PostgreSQL's server programs: Debian keeps them off the PATH. */
function findPostgres(debian = '/usr/lib/postgresql') {
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).map((name) => path.join(debian, name, 'bin')) : [];
  const onThePath = onPath('initdb');
  const folders = [...(onThePath === undefined ? [] : [path.dirname(onThePath)]), ...versions];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => fs.existsSync(path.join(folder, name))));
}

/** The Terraform on the PATH and whether it knows write-only arguments (1.11); undefined without one. */
function terraformVersion() {
  if (onPath('terraform') === undefined) return undefined;
  const asked = spawnSync('terraform', ['version'], {
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  const [, version = '0.0.0', major = '0', minor = '0'] = /v((\d+)\.(\d+)\.\d+)/.exec(asked.stdout || '') || [];
  return { version, suits: Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 11) };
}

/** What is wrong with this machine's Terraform, and how to get one that suits; undefined when nothing is. */
function terraformProblem() {
  const found = terraformVersion();
  if (found !== undefined && found.suits) return undefined;
  return {
    seen: found === undefined ? 'Terraform was not found on the PATH' : `Terraform ${found.version} is too old`,
    install: isMac
      ? 'brew install hashicorp/tap/terraform'
      : 'https://developer.hashicorp.com/terraform/install (Debian, Ubuntu: their repository, then apt-get install terraform)',
  };
}

module.exports = {
  findChromium,
  findPostgres,
  isMac,
  onPath,
  requireNode,
  requireNpm,
  requirePython,
  terraformProblem,
};
