/** What the system says when it refuses. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** The system's reason in words, for the codes that people meet; else its own text. */
export function describeSystemError(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOSPC':
      return 'no space is left on the disk';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    case 'EISDIR':
      return 'it is a folder';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder';
    case 'ELOOP':
      return 'it is a link, where none may be or back to itself';
    case 'ENOENT':
      return 'there is no such file or folder';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open: allow more (ulimit -n), or a lower limits.concurrency';
    default:
      return error.message;
  }
}
