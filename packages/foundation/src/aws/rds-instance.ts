const GIB = 1024 ** 3;

/** GiB of a `large`, by family; every other size is a multiple. */
const GIB_OF_LARGE: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16 };
const MULTIPLES_OF_LARGE: Readonly<Record<string, number>> = {
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
  '2xlarge': 4,
  '4xlarge': 8,
  '8xlarge': 16,
  '12xlarge': 24,
  '16xlarge': 32,
  '24xlarge': 48,
};
/** Sizes that a burstable family has, and that no other has. */
const BURSTABLE_SIZES: readonly string[] = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'];
const ONLY_BURSTABLE_SIZES: readonly string[] = ['micro', 'small', 'medium'];

/**
 * Families of PostgreSQL's instance classes in current use.
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html
 */
export const RDS_FAMILIES: readonly string[] = [
  ...['t3', 't4g'],
  ...['m5', 'm5d', 'm6g', 'm6gd', 'm6i', 'm6id', 'm7g', 'm7i', 'm8g'],
  ...['r5', 'r5b', 'r5d', 'r6g', 'r6gd', 'r6i', 'r6id', 'r7g', 'r7i', 'r8g'],
];

/** What there is to know about an instance class: its memory, and whether its CPU lasts. */
export interface RdsInstanceClass {
  readonly memoryBytes: number;
  /** Runs on CPU credits, which a benchmark uses up. */
  readonly burstable: boolean;
}

/** Reads `db.m7g.large`; undefined for a class that does not exist (or that PostgreSQL is not offered on). */
export function rdsInstanceClass(name: string): RdsInstanceClass | undefined {
  const [, family = '', size = ''] = /^db\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(name) ?? [];
  const ofLarge = GIB_OF_LARGE[family.charAt(0)];
  const multiple = MULTIPLES_OF_LARGE[size];
  if (!RDS_FAMILIES.includes(family) || ofLarge === undefined || multiple === undefined) return undefined;
  const burstable = family.startsWith('t');
  if (burstable ? !BURSTABLE_SIZES.includes(size) : ONLY_BURSTABLE_SIZES.includes(size)) return undefined;
  return { memoryBytes: ofLarge * multiple * GIB, burstable };
}

/**
 * Connections that RDS allows a PostgreSQL of this much memory by default.
 * @source https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export function rdsMaxConnections(memoryBytes: number): number {
  return Math.min(Math.floor(memoryBytes / 9_531_392), 5000);
}
