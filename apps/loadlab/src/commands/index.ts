import { config } from './config';
import { doctor } from './doctor';
import { extend } from './extend';
import { local } from './local';
import { models } from './models';
import { rehearse } from './rehearse';
import { report } from './report';
import { review } from './review';
import { run } from './run';
import { state } from './state';
import { validate } from './validate';

/** Every command, in the order of the help page. */
export const commands = [
  run,
  report,
  validate,
  local,
  rehearse,
  doctor,
  state,
  config,
  models,
  extend,
  review,
] as const;
