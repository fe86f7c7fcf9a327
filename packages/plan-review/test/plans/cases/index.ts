import type { PlanCase } from '../plan-case';
import { accessCases } from './access';
import { actionCases } from './actions';
import { moduleCases } from './modules';
import { stackCases } from './stacks';
import { valueCases } from './values';

/** Every change that a golden review stands for. */
export const planCases: readonly PlanCase[] = [
  ...actionCases,
  ...moduleCases,
  ...valueCases,
  ...accessCases,
  ...stackCases,
];
