import { TerraformElement } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A Terraform ephemeral resource: opened anew by every run, its values never in a plan or a state.
 * cdktf 0.21 has no construct for it.
 * @source https://developer.hashicorp.com/terraform/language/resources/ephemeral
 */
export class EphemeralResource extends TerraformElement {
  readonly #type: string;
  readonly #attributes: Readonly<Record<string, unknown>>;

  constructor(scope: Construct, id: string, type: string, attributes: Readonly<Record<string, unknown>>) {
    super(scope, id, `ephemeral.${type}`);
    this.#type = type;
    this.#attributes = attributes;
  }

  /** An expression for one attribute; Terraform allows it only in write-only arguments and in other ephemeral places. */
  expression(attribute: string): string {
    return `\${ephemeral.${this.#type}.${this.friendlyUniqueId}.${attribute}}`;
  }

  override toTerraform(): Record<string, unknown> {
    return { ephemeral: { [this.#type]: { [this.friendlyUniqueId]: { ...this.#attributes } } } };
  }
}
