import { killTree, sendSignal } from './kill-tree';
import { processTable, treeOf } from './process-table';

/** Between looks for a Terraform that was started meanwhile. */
const LOOK_MS = 200;
const TERRAFORM = /^(terraform|tofu)/;

/**
 * Ends a command in good order: each Terraform below it is asked once to stop, so that it writes its state and gives its lock back, and
 * the command is left to notice. (cdktf, when it is asked itself, ends before its Terraform has, and takes along the terminal that it
 * gave it: Terraform is killed, and its lock stays.) A command below which no Terraform runs is killed: it has nothing to lose.
 * Returns a function that stops looking; call it once the command has ended.
 */
export function endInGoodOrder(pid: number): () => void {
  const asked = new Set<number>();
  const look = (): void => {
    const running = treeOf(pid, processTable()).filter(({ program }) => TERRAFORM.test(program));
    if (running.length === 0) {
      killTree(pid, 'SIGKILL');
      return;
    }
    for (const terraform of running) {
      // A second signal would make it give up at once, as a second Ctrl-C does.
      if (asked.has(terraform.pid)) continue;
      asked.add(terraform.pid);
      sendSignal(terraform.pid, 'SIGINT');
    }
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}
