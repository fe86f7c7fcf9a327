/** Two-sided 95 % points of Student's t with 1 to 30 degrees of freedom (Abramowitz and Stegun, table 26.10). */
const TWO_SIDED_95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** By how many standard errors a mean may be off, at 95 % confidence. Beyond 30 degrees of freedom, those of 30: a little wide. */
export function studentsT95(degreesOfFreedom: number): number {
  return TWO_SIDED_95[Math.min(degreesOfFreedom, TWO_SIDED_95.length) - 1] ?? Infinity;
}
