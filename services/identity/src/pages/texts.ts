import type { Language } from './language.ts';

const NEW_LINK = '<code>./phone82 login ROLE</code>';

const korean = {
  signIn: '로그인',
  lead: 'phone82에 로그인해 주세요.',
  userName: '사용자 이름',
  password: '비밀번호',
  submit: '로그인하기',
  noPassword: `비밀번호가 없다면 터미널에서 ${NEW_LINK} 명령으로 로그인 링크를 받으세요.`,
  wrong: '사용자 이름이나 비밀번호가 맞지 않아요. 다시 입력해 주세요.',
  ticketUsed: `이미 사용했거나 만료된 로그인 링크예요. 터미널에서 ${NEW_LINK} 명령을 실행하면 새 링크를 받을 수 있어요.`,
  tooMany: (minutes: number) => `로그인을 너무 여러 번 시도했어요. ${minutes}분 뒤에 다시 시도해 주세요.`,
  failedTitle: '로그인하지 못했어요',
  failed: '로그인 시간이 지났거나 주소가 올바르지 않아요. 처음부터 다시 로그인해 주세요.',
  signOutTitle: '로그아웃할까요?',
  signOut: '로그아웃하기',
  stay: '로그인 상태 유지하기',
  signedOut: '로그아웃했어요',
  back: 'phone82로 돌아가기',
};

type Texts = typeof korean;

const english: Texts = {
  signIn: 'Sign in',
  lead: 'Sign in to phone82.',
  userName: 'User name',
  password: 'Password',
  submit: 'Sign in',
  noPassword: `No password? Run ${NEW_LINK} in a terminal for a sign-in link.`,
  wrong: 'The user name or the password is wrong. Enter them again.',
  ticketUsed: `This sign-in link was used already or has expired. Run ${NEW_LINK} in a terminal for a new link.`,
  tooMany: (minutes: number) => `There were too many attempts. Try again in ${minutes} min.`,
  failedTitle: 'You are not signed in',
  failed: 'The sign-in took too long, or its address is wrong. Start again.',
  signOutTitle: 'Sign out?',
  signOut: 'Sign out',
  stay: 'Stay signed in',
  signedOut: 'You are signed out',
  back: 'Back to phone82',
};

export const textsIn = (language: Language): Texts => (language === 'ko' ? korean : english);
