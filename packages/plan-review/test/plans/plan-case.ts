/** A change of a configuration, of which real Terraform makes a plan. */
export interface PlanCase {
  /** Names the files of its plan and of its review. */
  readonly name: string;
  /** Applied first, as HCL. @default - nothing is there yet */
  readonly before?: string;
  /** Planned, as HCL. */
  readonly after: string;
  /** Modules, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Terraform commands between the two. */
  readonly between?: readonly (readonly string[])[];
  /** What somebody does to the account behind Terraform's back: replacements in its file. */
  readonly meddle?: readonly (readonly [RegExp, string])[];
  /** What goes wrong while `between` runs: `--fault` values. */
  readonly faults?: readonly string[];
  /** Further arguments of `terraform plan`. */
  readonly arguments?: readonly string[];
}
