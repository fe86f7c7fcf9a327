import { isObject, sensitiveTexts } from '../values/masks';
import type { ConfiguredModule, PlanJson } from './plan-json';

/**
 * Values that Terraform marks anywhere in a plan: `show -json` prints them in clear, several times, and also where the mark got lost
 * (the output of a resource that was given a secret).
 */
export function secretsIn(plan: PlanJson): string[] {
  const root = plan.configuration?.root_module;
  const changes = [
    ...(plan.resource_changes ?? []),
    ...(plan.resource_drift ?? []),
    ...(plan.deferred_changes ?? []).flatMap(({ resource_change: deferred }) => deferred ?? []),
  ].map(({ change }) => change);
  return [
    ...Object.entries(plan.variables ?? {})
      .filter(([name]) => root?.variables?.[name]?.sensitive === true)
      .flatMap(([, { value }]) => sensitiveTexts(value, true)),
    ...(root === undefined ? [] : secretsInModule(root)),
    ...[...changes, ...Object.values(plan.output_changes ?? {})].flatMap((change) => [
      ...sensitiveTexts(change.before, change.before_sensitive),
      ...sensitiveTexts(change.after, change.after_sensitive),
    ]),
    ...secretsInState(plan.prior_state),
  ];
}

/** What a sensitive variable is when nobody gives it a value, and what a call gives it as a constant. */
function secretsInModule(module: ConfiguredModule): string[] {
  return [
    ...Object.values(module.variables ?? {}).flatMap((variable) =>
      variable.sensitive === true ? sensitiveTexts(variable.default, true) : [],
    ),
    ...Object.values(module.module_calls ?? {}).flatMap(({ module: called, expressions }) => [
      ...Object.entries(expressions ?? {}).flatMap(([name, expression]) =>
        called?.variables?.[name]?.sensitive === true && isObject(expression)
          ? sensitiveTexts(expression.constant_value, true)
          : [],
      ),
      ...(called === undefined ? [] : secretsInModule(called)),
    ]),
  ];
}

/** A state marks its resources by `sensitive_values` and its outputs by `sensitive`; data sources stand only there. */
function secretsInState(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(secretsInState);
  if (!isObject(part)) return [];
  if ('sensitive_values' in part) return sensitiveTexts(part.values, part.sensitive_values);
  if (part.sensitive === true && 'value' in part) return sensitiveTexts(part.value, true);
  return Object.values(part).flatMap(secretsInState);
}
