import { FARGATE_CPUS, fargateMemoryGb } from '../../aws/fargate-size';
import type { Finding, Rule } from './rule';

/** Every task's CPU and memory, as Fargate offers them. */
export const taskSizes: Rule = ({ proxy, mockOpenai, loadGenerator }) => [
  ...judgeSize('proxy', proxy),
  ...(mockOpenai === 'none' ? [] : judgeSize('mockOpenai', mockOpenai)),
  ...(loadGenerator === 'none' ? [] : judgeSize('loadGenerator', loadGenerator)),
];

/** A worker is one busy Python process: two on one core only wait for each other. */
export const workers: Rule = ({ proxy: { workersPerTask, cpu } }) => {
  const fitting = Math.max(1, Math.floor(cpu));
  if (workersPerTask <= fitting) return [];
  return [
    {
      path: ['proxy', 'workersPerTask'],
      message: `${workersPerTask} workers do not fit ${cpu} vCPU (one each)`,
      hint: `at most ${fitting}, or raise proxy.cpu`,
      because: [['proxy', 'cpu']],
    },
  ];
};

/** Autoscaling: a range, around the tasks that it starts with; and not in a measurement. */
export const autoscaling: Rule = ({ proxy: { autoscaling: scaling, tasks }, profile }) => {
  if (scaling === 'none') return [];
  const path = ['proxy', 'autoscaling'];
  const findings: Finding[] = [];
  if (scaling.minTasks > scaling.maxTasks) {
    findings.push({
      path: [...path, 'minTasks'],
      message: `${scaling.minTasks} is more than maxTasks, ${scaling.maxTasks}`,
      hint: 'at most maxTasks',
      because: [[...path, 'maxTasks']],
    });
  } else if (tasks < scaling.minTasks || tasks > scaling.maxTasks) {
    findings.push({
      path: ['proxy', 'tasks'],
      message: `to start with ${tasks} is outside autoscaling's ${scaling.minTasks} to ${scaling.maxTasks}`,
      hint: 'a number in that range',
      because: [path],
    });
  }
  if (profile === 'benchmark') {
    findings.push({
      path,
      message: 'tasks that come and go in the middle of a run make its figures mean nothing',
      hint: 'none, for benchmarks',
      severity: 'warning',
    });
  }
  return findings;
};

/** Production survives the loss of a task. */
export const oneTaskInProduction: Rule = ({ proxy, profile }) =>
  profile === 'production' && proxy.tasks < 2
    ? [
        {
          path: ['proxy', 'tasks'],
          message: 'one task: its loss is an outage',
          hint: 'at least 2',
          severity: 'warning',
        },
      ]
    : [];

function judgeSize(section: string, { cpu, memoryGb }: { readonly cpu: number; readonly memoryGb: number }): Finding[] {
  const offered = fargateMemoryGb(cpu);
  if (offered.length === 0) {
    return [
      { path: [section, 'cpu'], message: `Fargate has no ${cpu} vCPU`, hint: `one of ${FARGATE_CPUS.join(', ')}` },
    ];
  }
  if (offered.includes(memoryGb)) return [];
  return [
    {
      path: [section, 'memoryGb'],
      message: `Fargate has no ${memoryGb} GB for ${cpu} vCPU`,
      hint: inWords(offered),
      because: [[section, 'cpu']],
    },
  ];
}

function inWords(offered: readonly number[]): string {
  if (offered.length <= 4) return `one of ${offered.join(', ')}`;
  const [first = 0, second = 0] = offered;
  return `${first} to ${offered.at(-1) ?? first}, in steps of ${second - first}`;
}
