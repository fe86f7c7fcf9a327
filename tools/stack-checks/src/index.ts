export { acceptedWeaknesses, type AcceptedWeakness } from './accepted-weaknesses';
export { allowedManagedPolicies, allowedWildcards, type AllowedWildcard } from './allowed-wildcards';
export { checkWithCheckov, type Look, type Looks } from './checkov';
export { judgeLooks, type Judgement } from './judge-looks';
export { judgeWildcards, type WildcardJudgement } from './judge-wildcards';
export { policyStatements, type PolicyStatement } from './policy-statements';
export { readStacks, type StackFile } from './read-stacks';
export { synthesizeLab, type Synthesis } from './synthesize-lab';
export { digestsBelow } from './digests';
