'use strict';

/** Something a person must mend before the set-up can go on: what was seen, and the command that mends it. */
class SetupError extends Error {
  constructor(message, remedy, exitCode = 3) {
    super(message);
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

module.exports = { SetupError };
