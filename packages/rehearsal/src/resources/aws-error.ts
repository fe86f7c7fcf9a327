/** An answer of AWS that refuses a call, in AWS's own words. */
export class AwsError extends Error {
  constructor(
    /** `DependencyViolation`, `EntityAlreadyExists` */
    readonly code: string,
    message: string,
    /** The HTTP status that AWS answers with. */
    readonly status = 400,
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

/** A complaint of the provider's own, about what AWS answered without an error: it stands for itself. */
export class ProviderComplaint extends AwsError {
  constructor(message: string) {
    super('ProviderComplaint', message);
    this.name = 'ProviderComplaint';
  }
}
