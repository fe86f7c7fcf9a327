import { parseFaults } from '../../src/faults/fault';
import { startPostgresServer } from '../../src/state-servers/postgres-server';
import { startS3Server } from '../../src/state-servers/s3-server';
import { withOfflineAws } from '../../src/terraform/with-offline-aws';

/*
 * A program that rehearses and is killed in the middle: `hanging-parent.ts FOLDER`. Once everything runs, it prints a line with
 * the process ids of the provider and of S3, and hangs in an apply.
 */
async function main(folder: string): Promise<void> {
  const s3 = await startS3Server();
  // Not below the folder, which nobody else may enter: PostgreSQL does not run as root.
  await startPostgresServer(`${folder}-postgres`);
  await withOfflineAws(
    {
      accountFile: `${folder}/account.json`,
      workingFolders: [folder],
      faults: parseFaults(['aws_vpc:create:hang']),
    },
    async (aws) => {
      process.stdout.write(`running ${aws.providerPid} ${s3.pid}\n`);
      await aws.terraform(folder, 'apply', '-auto-approve');
    },
  );
}

void main(process.argv[2] ?? '');
