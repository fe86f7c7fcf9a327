'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { runQuietly } = require('./run-quietly');
const { SetupError } = require('./setup-error');
const { findChromium, findPostgres, isMac, requireNpm, requirePython, terraformProblem } = require('./tools');

const UV_LOCK = 'tools/python/uv.lock';

/**
 * npm packages as the lock file says. Not `npm ci`: that refuses a lock file in which the bindings of other platforms are missing, which
 * is how npm writes it wherever the registry does not serve them. The lock file itself is left as it is.
 */
function installNpmPackages(root) {
  const stamp = path.join(root, 'node_modules', '.loadlab-setup');
  const wanted = () => fingerprint([path.join(root, 'package-lock.json')], `${process.platform}-${process.arch}`);
  return {
    done: () => readStamp(stamp) === wanted(),
    async run() {
      const npm = requireNpm();
      await runQuietly(
        root,
        'npm packages',
        npm,
        ['install', '--no-save', '--no-audit', '--no-fund'],
        'is the npm registry reachable? The log names the package that failed',
      );
      fs.writeFileSync(stamp, wanted());
    },
  };
}

/** One Python environment, exactly as its hashed requirements say. A half-made one has no stamp and is made anew. */
function makePythonEnvironment(root, environment) {
  const folder = path.join(root, environment.folder);
  const stamp = path.join(folder, '.loadlab-setup');
  const locks = [path.join(root, environment.requirements), path.join(root, UV_LOCK)];
  // The interpreter is checked too: a venv dies with the Python that it was made from.
  const wanted = () => fingerprint(locks, process.platform);
  return {
    done: () => readStamp(stamp) === wanted() && fs.existsSync(path.join(folder, 'bin', 'python')),
    async run() {
      const python = requirePython();
      const what = `${environment.folder} (${environment.purpose}; Python ${python.version}, about ${environment.megabytes} MB)`;
      const advice = 'is PyPI reachable? The log names the package that failed';
      fs.rmSync(folder, { recursive: true, force: true });
      await runQuietly(
        root,
        `${what}: environment`,
        python.command,
        ['-m', 'venv', folder],
        'the venv module of this Python does not work',
      );
      const pip = [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--require-hashes',
        '-r',
        locks[1],
      ];
      await runQuietly(root, `${what}: uv`, path.join(folder, 'bin', 'python'), pip, advice);
      const uv = [
        'pip',
        'install',
        '--python',
        path.join(folder, 'bin', 'python'),
        '--require-hashes',
        '--no-deps',
        '-r',
        locks[0],
      ];
      await runQuietly(root, `${what}: packages`, path.join(folder, 'bin', 'uv'), uv, advice);
      fs.writeFileSync(stamp, wanted());
    },
  };
}

/** What `npm test` needs beyond the benchmark, all that is missing in one message. */
function requireTestTools() {
  const missing = [];
  if (findChromium() === undefined) {
    missing.push([
      'no Chromium or Chrome was found; the tests open the report in one',
      isMac ? 'brew install --cask chromium' : 'sudo apt-get install chromium   (or set CHROMIUM_PATH)',
    ]);
  }
  if (findPostgres() === undefined) {
    missing.push([
      'PostgreSQL was not found; the tests keep states in one of their own',
      isMac ? 'brew install postgresql' : 'sudo apt-get install postgresql   (it need not run)',
    ]);
  }
  missing.push(...missingTerraform('the tests plan and apply with the real one'));
  refuse(missing);
}

/** What a rehearsal needs of the machine: Terraform alone. */
function requireTerraform() {
  refuse(missingTerraform('a rehearsal is the real one against an offline AWS'));
}

function missingTerraform(why) {
  const problem = terraformProblem();
  return problem === undefined ? [] : [[`${problem.seen}; ${why}, 1.11 or later`, problem.install]];
}

function refuse(missing) {
  if (missing.length === 0) return;
  throw new SetupError(
    missing.map(([what]) => what).join('\n        '),
    missing.map(([, remedy]) => remedy).join('\n  -> '),
  );
}

function fingerprint(files, salt) {
  const hash = crypto.createHash('sha256').update(salt);
  for (const file of files) hash.update(fs.readFileSync(file));
  return hash.digest('hex');
}

function readStamp(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

module.exports = { installNpmPackages, makePythonEnvironment, requireTerraform, requireTestTools };
