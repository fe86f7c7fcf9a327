import { EXIT } from '@loadlab/foundation';

/** As for every command: a defect, bad input, an interruption, then what was found. */
export function foremost(codes: readonly number[]): number {
  const order = [EXIT.defect, EXIT.badInput, EXIT.interrupted, EXIT.invalid, EXIT.objectiveMissed] as const;
  return order.find((code) => codes.includes(code)) ?? codes.find((code) => code !== 0) ?? EXIT.done;
}
