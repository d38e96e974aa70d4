// The sentences of the page, in both languages. Values are shown as text, whatever is in them.

import { share, size, sizesApart, span } from './format.js';

const en = {
  tag: 'en',
  title: 'Upload files',
  intro: 'Files go from this browser straight to the storage. Large ones go in parts, and can be resumed after a break.',
  language: 'Language',
  theme: 'Theme',
  themeAuto: 'System theme',
  themeLight: 'Light theme',
  themeDark: 'Dark theme',
  token: 'Access token',
  tokenHelp: 'You got it from whoever runs this service. It is kept in this tab only.',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signedIn: (user) => `Signed in as ${user}`,
  dropHere: 'Drop files or folders here',
  dropNow: 'Drop to upload',
  orPaste: 'or paste them, or',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  limits: ({ types, maxSize }) => `${kinds(types, en)}, up to ${size(maxSize, 'en')} each`,
  kinds: {
    '*/*': 'all types', 'image/*': 'images', 'video/*': 'videos', 'audio/*': 'audio', 'text/*': 'texts', 'application/*': 'documents and archives',
    'text/plain': 'plain text', 'application/pdf': 'PDF', 'application/zip': 'ZIP',
  },
  uploads: 'Uploads',
  cancel: 'Cancel',
  retry: 'Try again',
  remove: 'Remove from the list',
  cancelOf: (name) => `Cancel ${name}`,
  retryOf: (name) => `Try again: ${name}`,
  removeOf: (name) => `Remove from the list: ${name}`,
  cancelAll: 'Cancel all',
  retryFailed: 'Try failed ones again',
  clearDone: 'Clear the list',
  progressOf: (name) => `Progress of ${name}`,
  totalProgress: 'Progress of all uploads',
  waiting: 'waiting',
  preparing: 'preparing',
  finishing: 'completing',
  done: (bytes) => `uploaded · ${size(bytes, 'en')}`,
  cancelled: 'cancelled',
  failed: 'not uploaded',
  sending: ({ sent, bytes, perSecond, left }) =>
    [`${share(sent, bytes, 'en')} of ${size(bytes, 'en')}`, perSecond && `${size(perSecond, 'en')}/s`, left && `${span(left, 'en')} left`]
      .filter(Boolean)
      .join(' · '),
  pausing: ({ why, attempt, attempts, left }) => `${why}, attempt ${attempt} of ${attempts} in ${span(left, 'en')}`,
  pauses: {
    connection_lost: 'connection lost',
    too_fast: 'too many requests',
    storage_hidden: 'the answer of the storage cannot be read',
    service_hidden: 'the answer of the service cannot be read',
    storage_failed: ({ status }) => `the storage answers ${status}`,
    other: ({ status }) => `the service answers ${status}`,
  },
  resumed: (parts) => `resumed: ${parts} ${parts === 1 ? 'part was' : 'parts were'} there already`,
  total: ({ done, files, failed }) => `${done} of ${files} uploaded${failed ? `, ${failed} failed` : ''}`,
  totalBytes: ({ sent, bytes, perSecond, left }) =>
    [`${size(sent, 'en')} of ${size(bytes, 'en')}`, perSecond && `${size(perSecond, 'en')}/s`, left && `${span(left, 'en')} left`]
      .filter(Boolean)
      .join(' · '),
  added: (count) => (count === 1 ? '1 file added' : `${count} files added`),
  nothingFound: 'There are no files in what you dropped',
  tooMany: (most) => `More than ${most} files at once; the first ${most} were taken`,
  uploaded: (name) => `${name} was uploaded`,
  notUploaded: (name, why) => `${name} was not uploaded: ${why}`,
  allOver: ({ done, failed }) => `All done: ${done} uploaded, ${failed} failed`,
  explaining: 'Looking for the cause…',
  storageSaid: 'The storage said',
  cause: 'Cause',
  meetsPolicy: 'Not this file: the form meets its policy. What is left lies with the service, its secret or the rights of its key; tell whoever runs it.',
  meaning: 'What it means',
  causes: 'Likely causes',
  checks: 'What to check',
  request: 'Request id',
  noExplanation: 'The storage gave no reason.',
  troubles: {
    bearer_missing: 'sign in first',
    bearer_unknown: 'this access token is not known; check that it was copied whole',
    bearer_unsendable: ({ character }) => `this access token has a character that cannot be sent, ${shownCharacter(character)}; expected letters, digits and signs of ASCII alone: copy it again from where it was issued`,
    origin_not_allowed: 'the service does not take requests from this site; its operator must add it to `access.origins`',
    too_fast: ({ retryAfter }) => `too many requests in a short time; try again ${retryAfter ? `in ${span(retryAfter, 'en')}` : 'in a moment'}`,
    type_not_allowed: ({ type, allowed }) => (type ? `files of type ${type} are not allowed; expected ${kinds(allowed, en)}` : 'files of this type are not allowed'),
    size_not_allowed: ({ size: found, most }) =>
      found ? `it has ${sizesApart([found, most], 'en')[0]}; at most ${sizesApart([found, most], 'en')[1]} are allowed` : 'it is larger than allowed',
    name_too_long: 'its name is too long',
    ticket_unknown: 'the service no longer knows this upload; try again to begin anew',
    ticket_expired: 'it was left for too long to be resumed; try again to begin anew',
    ticket_not_yours: 'this upload belongs to somebody else',
    connection_lost: 'the connection was lost',
    storage_hidden: 'the storage answered, but does not let this page see what: it refused the request, or its CORS rules do not name this page',
    storage_failed: ({ status }) => `the storage has a fault of its own (${status}); try again later`,
    storage_refused: ({ status }) => `the storage refused it (${status})`,
    storage_unclear: 'the storage answered something that is not understood',
    service_hidden: 'the service answered, but does not let this page see what: its operator must add this site to `access.origins`, or it takes no more requests for now',
    service_denied: ({ status }) => `the service, or a proxy before it, turned the request away (${status}); check the access token, or ask whoever runs it`,
    service_unclear: ({ status }) => `the service gave an answer that is not understood (${status})`,
    file_unreadable: 'the file cannot be read; it was changed or moved since it was chosen',
    cancelled: 'cancelled',
    page_fault: ({ message }) => `a fault of this page: ${message}`,
    other: ({ message }) => message || 'the service refused it',
  },
};

const zh = {
  tag: 'zh-CN',
  title: '上传文件',
  intro: '文件从浏览器直接传到对象存储。大文件分片上传，中断后可以续传。',
  language: '语言',
  theme: '配色',
  themeAuto: '跟随系统',
  themeLight: '浅色',
  themeDark: '深色',
  token: '访问令牌',
  tokenHelp: '由本服务的管理员提供，只保存在当前标签页中。',
  signIn: '登录',
  signOut: '退出',
  signedIn: (user) => `已登录：${user}`,
  dropHere: '把文件或文件夹拖到这里',
  dropNow: '松开即上传',
  orPaste: '也可以粘贴，或者',
  chooseFiles: '选择文件',
  chooseFolder: '选择文件夹',
  limits: ({ types, maxSize }) => `${kinds(types, zh)}，单个文件不超过 ${size(maxSize, 'zh-CN')}`,
  kinds: {
    '*/*': '所有类型', 'image/*': '图片', 'video/*': '视频', 'audio/*': '音频', 'text/*': '文本', 'application/*': '文档和压缩包',
    'text/plain': '纯文本', 'application/pdf': 'PDF', 'application/zip': 'ZIP',
  },
  uploads: '上传列表',
  cancel: '取消',
  retry: '重试',
  remove: '从列表移除',
  cancelOf: (name) => `取消上传 ${name}`,
  retryOf: (name) => `重试：${name}`,
  removeOf: (name) => `从列表移除：${name}`,
  cancelAll: '全部取消',
  retryFailed: '重试失败的文件',
  clearDone: '清空列表',
  progressOf: (name) => `${name} 的进度`,
  totalProgress: '总进度',
  waiting: '等待中',
  preparing: '准备中',
  finishing: '正在完成',
  done: (bytes) => `已上传 · ${size(bytes, 'zh-CN')}`,
  cancelled: '已取消',
  failed: '未上传',
  sending: ({ sent, bytes, perSecond, left }) =>
    [
      `${share(sent, bytes, 'zh-CN')}，共 ${size(bytes, 'zh-CN')}`,
      perSecond && `${size(perSecond, 'zh-CN')}/秒`,
      left && `剩余 ${span(left, 'zh-CN')}`,
    ]
      .filter(Boolean)
      .join(' · '),
  pausing: ({ why, attempt, attempts, left }) => `${why}，${span(left, 'zh-CN')}后进行第 ${attempt} 次尝试（共 ${attempts} 次）`,
  pauses: {
    connection_lost: '连接中断',
    too_fast: '请求过于频繁',
    storage_hidden: '无法读取存储服务的答复',
    service_hidden: '无法读取服务的答复',
    storage_failed: ({ status }) => `存储服务返回 ${status}`,
    other: ({ status }) => `服务返回 ${status}`,
  },
  resumed: (parts) => `续传：已有 ${parts} 个分片`,
  total: ({ done, files, failed }) => `已上传 ${done} / ${files}${failed ? `，失败 ${failed}` : ''}`,
  totalBytes: ({ sent, bytes, perSecond, left }) =>
    [
      `${size(sent, 'zh-CN')} / ${size(bytes, 'zh-CN')}`,
      perSecond && `${size(perSecond, 'zh-CN')}/秒`,
      left && `剩余 ${span(left, 'zh-CN')}`,
    ]
      .filter(Boolean)
      .join(' · '),
  added: (count) => `已添加 ${count} 个文件`,
  nothingFound: '拖入的内容里没有文件',
  tooMany: (most) => `一次最多 ${most} 个文件，已取前 ${most} 个`,
  uploaded: (name) => `${name} 已上传`,
  notUploaded: (name, why) => `${name} 未能上传：${why}`,
  allOver: ({ done, failed }) => `全部结束：成功 ${done} 个，失败 ${failed} 个`,
  explaining: '正在查找原因…',
  storageSaid: '存储服务的答复',
  cause: '原因',
  meetsPolicy: '与这个文件无关：表单符合签名的策略。问题在服务一侧，即它的密钥或密钥的权限，请联系管理员。',
  meaning: '含义',
  causes: '可能的原因',
  checks: '请检查',
  request: '请求 ID',
  noExplanation: '存储服务没有说明原因。',
  troubles: {
    bearer_missing: '请先登录',
    bearer_unknown: '访问令牌不正确，请检查是否复制完整',
    bearer_unsendable: ({ character }) => `访问令牌中有无法发送的字符 ${shownCharacter(character)}，应只含 ASCII 字母、数字和符号：请从发放处重新复制`,
    origin_not_allowed: '服务不接受来自本站点的请求，需要管理员把它加入 `access.origins`',
    too_fast: ({ retryAfter }) => `请求过于频繁，请${retryAfter ? `在 ${span(retryAfter, 'zh-CN')}后` : '稍后'}重试`,
    type_not_allowed: ({ type, allowed }) => (type ? `不允许上传 ${type} 类型的文件，可以上传：${kinds(allowed, zh)}` : '不允许上传这种类型的文件'),
    size_not_allowed: ({ size: found, most }) =>
      found ? `文件大小为 ${sizesApart([found, most], 'zh-CN')[0]}，最多允许 ${sizesApart([found, most], 'zh-CN')[1]}` : '文件超过允许的大小',
    name_too_long: '文件名太长',
    ticket_unknown: '服务已不认识这次上传，重试将重新开始',
    ticket_expired: '中断时间太长，无法续传，重试将重新开始',
    ticket_not_yours: '这次上传属于其他用户',
    connection_lost: '连接中断',
    storage_hidden: '存储服务已答复，但不允许本页面查看内容：请求被拒绝，或者它的跨域规则（CORS）没有包含本页面',
    storage_failed: ({ status }) => `存储服务自身出错（${status}），请稍后重试`,
    storage_refused: ({ status }) => `存储服务拒绝了上传（${status}）`,
    storage_unclear: '无法理解存储服务的答复',
    service_hidden: '服务已答复，但不允许本页面查看内容：需要管理员把本站点加入 `access.origins`，或者服务暂时不再接受请求',
    service_denied: ({ status }) => `服务或它前面的代理拒绝了请求（${status}），请检查访问令牌，或联系管理员`,
    service_unclear: ({ status }) => `无法理解服务的答复（${status}）`,
    file_unreadable: '无法读取文件，可能在选择之后被修改或移走',
    cancelled: '已取消',
    page_fault: ({ message }) => `页面出错：${message}`,
    other: ({ message }) => message || '服务拒绝了请求',
  },
};

/** Types in words; those that have none as they are written. */
function kinds(types, words) {
  return new Intl.ListFormat(words.tag, { type: 'conjunction' }).format(types.map((type) => words.kinds[type] ?? type));
}

/** The words of a language. */
export function words(language) {
  return language === 'zh' ? zh : en;
}

/** `“ (U+201C)`; of one that cannot be seen, the number alone. */
function shownCharacter(character) {
  const number = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `${character} (${number})` : number;
}

/** A trouble in a sentence. */
export function sentence(trouble, words) {
  return told(words.troubles, trouble);
}

/** Why an upload waits for its next attempt, in a few words. */
export function pauseReason(trouble, words) {
  return told(words.pauses, trouble);
}

function told(all, { code, facts }) {
  const said = Object.hasOwn(all, code) ? all[code] : all.other;
  return typeof said === 'function' ? said(facts) : said;
}
