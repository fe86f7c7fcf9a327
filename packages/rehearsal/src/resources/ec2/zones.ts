/** How many zones a region has, where it is not three. */
const zoneCounts: Readonly<Record<string, number>> = { 'us-east-1': 6, 'us-west-2': 4, 'ap-northeast-1': 3 };

const ZONE_LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** An availability zone: its name in this account, and the id that means the same zone in every account. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The zones of a region, in alphabetical order. */
export function zonesOf(region: string): Zone[] {
  return ZONE_LETTERS.slice(0, zoneCounts[region] ?? 3).map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${shortRegion(region)}-az${index + 1}`,
  }));
}

/** `us-east-1` -> `use1`, as AWS writes it in zone ids. */
function shortRegion(region: string): string {
  const [area = '', ...rest] = region.split('-');
  const number = rest.at(-1) ?? '';
  const directions = rest.slice(0, -1).join('');
  const short = directions
    .replace('northeast', 'ne')
    .replace('northwest', 'nw')
    .replace('southeast', 'se')
    .replace('southwest', 'sw');
  return `${area}${short.length > 2 ? short.replace(/(north|south|east|west|central)/g, (word) => word.charAt(0)) : short}${number}`;
}
