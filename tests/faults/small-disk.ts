// A separate disk for a test that fills it: mounted by root, or in a user namespace by anybody the system allows to make one.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  /** A folder on it that can be written. */
  folder: string;
  end(): void;
}

/** Mounts a disk of this many megabytes, and for this many files, in memory; null where the system allows only root to mount one. */
export async function smallDisk(megabytes: number, files = 0): Promise<SmallDisk | null> {
  if (process.platform !== 'linux') return null;
  const at = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-disk-'));
  const leave = (): void => fs.rmSync(at, { recursive: true, force: true });
  const mount = ['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,nr_inodes=${files},mode=0711`, 'tmpfs', at];
  if (process.getuid?.() === 0) {
    execFileSync('mount', mount.slice(1));
    return {
      folder: at,
      end: () => {
        execFileSync('umount', ['-l', at]);
        leave();
      },
    };
  }
  // The mount exists while this process runs, and other processes reach it through that process.
  const holder = spawn(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-c', '"$@" && echo && exec cat', 'sh', ...mount],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  const mounted = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    once(holder, 'exit').then(() => false),
    once(holder, 'error').then(() => false),
  ]).catch(() => false);
  if (!mounted) {
    leave();
    return null;
  }
  return {
    folder: `/proc/${holder.pid}/root${at}`,
    end: () => {
      holder.stdin.end();
      leave();
    },
  };
}
