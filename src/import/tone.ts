// What a sentence says besides naming a fault: that something was well, that something will be better, that trouble begins or ends, how
// much was hit. English as status pages write it.

/** What did not happen. */
const calm =
  /\b(?:not|n't|never)(?: been| be| being)? (?:affected|impacted|hit|interrupted)\b|\bunaffected\b|\bno (?:customer |user )?(?:data|messages?|customers?|records?|users?)\b.{0,30}\b(?:lost|loss|impact|affected)|\bcontinued to (?:function|work|operate)|\bremain(?:ed|s)? (?:fully )?(?:intact|operational|unaffected|available)|\bshould not (?:see|experience|notice)|\b(?:fully )?operational throughout\b/iu

/** What is meant to come after it. */
const plans =
  /\b(?:we|we're|we've|team|engineers)\b ?(?:are|is|will(?: be)?|have|plan to)?(?: also| now)? (?:add|audit|implement|review|improv|strengthen|invest|harden|work)(?:ing|ed)?\b|\bnext steps?\b|\baction items?\b|\bto prevent\b|\bpreventive\b|\bsincerely apologi[sz]e\b|\bwe understand (?:that|how)\b|\bwill (?:catch|allow|ensure|prevent|help)\b/iu

const trouble =
  /\berror|\bfail|\blatenc|\btime[- ]?out|\btimed out|\boutage|\bdegrad|\bunavailab|\bslow|\b(?:4|5)\d\d\b|\b5xx\b|\bdown\b|\bimpact|\balert|\bdisrupt|\binterrupt|\bcrash|\bissue|\bproblem|\bincident|\bunhealthy|\bdelay|\binvestigating\b|\bin progress\b|\bseeing\b|\bunreachable|\bstale\b|\blag\b/iu

const begins =
  /\b(?:begins?|began|begun|starts?|started|climb(?:s|ed|ing)?|ris(?:es?|ing)|rose|spik(?:es?|ed|ing)|increas(?:es?|ed|ing)|onset|first|emerg(?:es?|ed)|appears?|appeared|experienc(?:es?|ed|ing)|seeing|observ(?:es?|ed|ing))\b/iu

/** The errors themselves are over. */
const over =
  /\b(?:errors?|failures?|time-?outs?|latency|crash(?:es)?|impact)\b.{0,60}\b(?:stopped|ceased|subsided|zero|gone|back to normal|returned to normal|cleared)\b|\bfull(?:y)? recover(?:y|ed)\b|\boperating normally\b|\bservices? (?:is |are |was |were )?(?:fully )?(?:restored|back|recovered)\b|\b(?:is|are|was|were) available again\b/iu
const closed = /\bresolved\b|\bcompleted?\b|\brecover(?:y|ed|s)\b|\brestored\b|\bmitigated\b|\bresolution\b/iu
const again = /\b(?:again|recur(?:s|red|ring)?|relaps(?:e|es|ed)|re-?open(?:ed)?|returned)\b/iu

/** Something was well, and nothing in the same words was not. */
export const isCalm = (words: string): boolean => calm.test(words)
export const isPlan = (words: string): boolean => plans.test(words)
export const isTrouble = (words: string): boolean => trouble.test(words) && !calm.test(words)
export const isBeginning = (words: string): boolean => begins.test(words) && isTrouble(words)
export const isOver = (words: string): boolean => over.test(words) && !/\bnot\b/iu.test(words)
export const isClosed = (words: string): boolean =>
  closed.test(words) && !/\bnot\b|\byet\b|\buntil\b|\bto be resolved\b/iu.test(words)
export const isRelapse = (words: string): boolean =>
  again.test(words) && isTrouble(words) && !isOver(words) && !isClosed(words)

/** Of requests, in figures. */
export function percentIn(words: string): { readonly share: string; readonly word: string } | undefined {
  const found =
    /(?<![\d.])(\d{1,2}(?:\.\d{1,3})?)% of (?:all )?(?:api )?(?:requests|calls|traffic|webhooks|messages|responses|exchanges)/iu.exec(
      words,
    )
  return found && Number(found[1]) > 0 ? { share: `${found[1]}%`, word: found[0] } : undefined
}

/** How much was hit, as a scenario writes it, and by which word. */
export function shareIn(words: string): { readonly share: string; readonly word: string } | undefined {
  const percent = percentIn(words)
  if (percent) return percent
  const few =
    /\bintermittent(?:ly)?\b|\bsporadic(?:ally)?\b|\bsome\b|\ba (?:small )?(?:subset|fraction|portion|number)\b|\boccasional(?:ly)?\b|\bpartial(?:ly)?\b/iu.exec(
      words,
    )
  if (few) return { share: '30%', word: few[0] }
  const many = /\belevated\b|\bincreased\b|\bhigh(?:er)? (?:error|rate|number)/iu.exec(words)
  return many ? { share: '50%', word: many[0] } : undefined
}

/** Short and repeated. */
export function isInBursts(words: string): boolean {
  return /\b(?:series of|brief|short|several) (?:brief |short )?(?:interruptions?|disruptions?|bursts?|outages?)\b|\bin bursts\b/iu.test(
    words,
  )
}
