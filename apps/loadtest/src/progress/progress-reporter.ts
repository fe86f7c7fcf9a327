import type { RunEvent } from '../run/run-load-test';
import { progressLine } from './progress-line';

/** Where progress is written: standard error. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Tells how a run goes. */
export interface ProgressReporter {
  /** Shows an event of the run. */
  show(event: Exclude<RunEvent, { type: 'warning' }>): void;
  /** Prints a line that stays. */
  say(text: string): void;
  /** Takes the live line away; to be called before anything else is printed. */
  end(): void;
}

/** Seconds between two lines in a log. */
const LOG_EVERY_SECONDS = 10;
const USUAL_COLUMNS = 80;
const CLEAR_LINE = '\r\u001b[2K';

/** One live line on a terminal, redrawn in place; elsewhere a line whenever ten more seconds of load are over. */
export function progressReporter(stream: ProgressStream): ProgressReporter {
  return stream.isTTY === true ? liveLine(stream) : logLines(stream);
}

function liveLine(stream: ProgressStream): ProgressReporter {
  let drawn = false;
  const clear = (): void => {
    if (drawn) stream.write(CLEAR_LINE);
    drawn = false;
  };
  let where = '';
  return {
    show(event) {
      if (event.type === 'round') where = placeOf(event);
      else {
        // A line as wide as the terminal would wrap, and could not be redrawn.
        const line = progressLine(event.progress, where, (stream.columns ?? USUAL_COLUMNS) - 1);
        stream.write(CLEAR_LINE + line);
        drawn = true;
      }
    },
    say(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end: clear,
  };
}

function logLines(stream: ProgressStream): ProgressReporter {
  let earlierRounds = 0;
  let thisRound = 0;
  let told = 0;
  let where = '';
  return {
    show(event) {
      if (event.type === 'round') {
        earlierRounds += thisRound;
        thisRound = 0;
        where = placeOf(event);
        if (where !== '') stream.write(`round ${where}\n`);
        return;
      }
      thisRound = event.progress.elapsedSeconds;
      const elapsed = earlierRounds + thisRound;
      if (elapsed - told < LOG_EVERY_SECONDS) return;
      told = elapsed - (elapsed % LOG_EVERY_SECONDS);
      stream.write(`${progressLine(event.progress, where, Infinity)}\n`);
    },
    say: (text) => void stream.write(`${text}\n`),
    end: () => undefined,
  };
}

/** `2/8 target`; nothing when there is only one round. */
function placeOf({ index, of, round }: Extract<RunEvent, { type: 'round' }>): string {
  return of === 1 ? '' : `${index}/${of} ${round.kind}`;
}
