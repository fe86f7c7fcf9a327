/** Whose credentials these are. */
export interface Identity {
  /** 12 digits. */
  readonly accountId: string;
  readonly arn: string;
}

/** Something that counts against a quota, and what it says about itself. */
export interface Resource {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A NAT gateway counts against the quota of its zone. */
export interface NatGateway extends Resource {
  readonly zone: string;
}

/** A limit of the account, by the codes of Service Quotas. */
export interface Quota {
  readonly service: string;
  readonly code: string;
}

/** A bucket, as far as states need to know it. */
export interface Bucket {
  readonly region: string | undefined;
  readonly versioned: boolean;
}

/**
 * What the checks ask of an account, in one region. Each question is one call or a few; whatever AWS answers with an error is
 * thrown as the SDK's own error.
 */
export interface Account {
  identity(): Promise<Identity>;
  /** Whether the account may use its region; a region that AWS does not know throws. */
  isRegionEnabled(): Promise<boolean>;
  /** The value that is in force, else AWS's default. */
  quota(quota: Quota): Promise<number>;
  vpcs(): Promise<readonly Resource[]>;
  addresses(): Promise<readonly Resource[]>;
  natGateways(): Promise<readonly NatGateway[]>;
}

/** What the checks ask of the bucket that holds the states. */
export interface StateStore {
  /** undefined when there is no such bucket. */
  bucket(): Promise<Bucket | undefined>;
  /** Writes an object only where there is none: how Terraform takes a lock. @returns false when there is one */
  writeFirst(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
}
