import { formatCidr, parseCidr, part } from './cidr';

/** Ranges of the subnets: one a zone in each tier. */
export interface AddressPlan {
  /** Load balancers and NAT. */
  readonly public: readonly string[];
  /** Tasks. */
  readonly private: readonly string[];
  /** Databases. */
  readonly data: readonly string[];
}

/** The VPC ranges that can be cut: AWS takes no larger one, and a smaller one leaves too little for a load balancer. */
export const LARGEST_VPC_PREFIX = 16;
export const SMALLEST_VPC_PREFIX = 22;

/**
 * Cuts a VPC's range for up to three zones: a quarter each for the tasks, since each task takes an address; the last
 * quarter in eighths, three for load balancers, three for databases. Going from two zones to three moves nothing.
 */
export function planAddresses(vpcCidr: string, zones: number): AddressPlan {
  const vpc = parseCidr(vpcCidr);
  const last = part(vpc, 2, 3);
  const each = <T>(make: (zone: number) => T): T[] => Array.from({ length: zones }, (_, zone) => make(zone));
  return {
    public: each((zone) => formatCidr(part(last, 3, zone))),
    private: each((zone) => formatCidr(part(vpc, 2, zone))),
    data: each((zone) => formatCidr(part(last, 3, zone + 3))),
  };
}
