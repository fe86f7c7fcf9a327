/** Runs functions of the account: their own code, as a local process. */
export interface FunctionRunner {
  /**
   * Keeps a function's archive.
   * `filename` may be relative to wherever Terraform runs; the hash (base64 of SHA-256; empty: any) tells the right one.
   * @throws {AwsError} when there is no such archive
   */
  storeCode(filename: string, sourceCodeHash: string): Promise<StoredCode>;
  /** Calls a function by its name or ARN with a JSON payload. @throws {AwsError} when it cannot be called at all */
  invoke(functionName: string, payload: string): Promise<FunctionResult>;
}

/** An archive that is kept. */
export interface StoredCode {
  /** SHA-256 in base64. */
  readonly codeSha256: string;
  /** In bytes. */
  readonly codeSize: number;
}

/** What a function answered. */
export interface FunctionResult {
  /** JSON; of a function that failed, `{ errorMessage, errorType, stackTrace }`. */
  readonly payload: string;
  /** `Unhandled` when the function failed. */
  readonly functionError?: 'Unhandled';
}
