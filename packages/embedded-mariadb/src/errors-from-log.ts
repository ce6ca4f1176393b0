import { errorsFromLog } from '@phone82/local-server';

export const errorFromLog = errorsFromLog({
  name: 'MariaDB',
  faults: [
    [/No space left on device|Disk quota exceeded|ENOSPC|Disk is full/i, 'diskFull'],
    [/Address already in use|Can't start server: Bind on TCP\/IP port/i, 'portTaken'],
    [/Unable to lock \.\/|Can't lock aria control file/i, 'inUse'],
    [
      /Unsupported redo log format|Invalid flags|upgrade after a crash is not supported|downgrade/i,
      'otherVersion',
    ],
    [/Permission denied|Read-only file system|EACCES|EROFS|ENOTDIR|ENOENT/i, 'notWritable'],
  ],
  notes: /\[(Note|Warning)\]/,
  reason: /\[ERROR\]|ERROR/,
});
