// Shows a running job: redrawn in place on a terminal, a plain line now and then elsewhere.
import { logUpdateStderr } from 'log-update';
import { plainLine, renderView, type RunState } from './view.js';

const REDRAW_MS = 250;
const PLAIN_LINE_MS = 5_000;

export interface Progress {
  /** A sentence above the view, or a line of its own. */
  say(line: string): void;
  /** Draws the last state and leaves the screen as it is. */
  end(): void;
}

/** `elapsed` gives the seconds to show. Everything goes to standard error, so that results can be piped. */
export function showProgress(state: RunState, elapsed: () => number): Progress {
  return process.stderr.isTTY ? onTerminal(state, elapsed) : inLines(state, elapsed);
}

function onTerminal(state: RunState, elapsed: () => number): Progress {
  const screen = logUpdateStderr;
  const draw = (): void => screen(renderView(state, elapsed(), process.stderr.columns || 100).join('\n'));
  const timer = setInterval(draw, REDRAW_MS);
  return {
    say(line) {
      screen.clear();
      process.stderr.write(`${line}\n`);
      draw();
    },
    end() {
      clearInterval(timer);
      draw();
      screen.done();
    },
  };
}

function inLines(state: RunState, elapsed: () => number): Progress {
  const print = (): void => void process.stderr.write(`${plainLine(state, elapsed())}\n`);
  const timer = setInterval(print, PLAIN_LINE_MS);
  return {
    say: (line) => void process.stderr.write(`${line}\n`),
    end() {
      clearInterval(timer);
      print();
    },
  };
}
