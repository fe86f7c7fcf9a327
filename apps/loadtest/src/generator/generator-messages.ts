import type { EngineOptions, Glance } from '../engine/engine';
import type { Measurement } from '../measurement/measurement';

/** What a generator process is told, in this order; `stop` may be left out. */
export type ToProcess =
  | { readonly type: 'prepare'; readonly options: EngineOptions }
  /** When, on the clock that all processes of a machine share. */
  | { readonly type: 'start'; readonly machineMs: number }
  | { readonly type: 'stop' };

/** What a generator process tells. */
export type FromProcess =
  | { readonly type: 'ready' }
  | { readonly type: 'glance'; readonly glance: Glance }
  | { readonly type: 'done'; readonly measurement: Measurement }
  /** A defect of ours: the stack trace. */
  | { readonly type: 'failed'; readonly stack: string };
