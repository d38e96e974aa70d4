// What an explanation says in one sentence, as the command's first line does; but a page has a field for the secret, and asks for it.

/** The findings that make the best explanation together. */
export function bestGroup({ report: { findings } }) {
  return findings.filter((finding) => finding.group === findings[0].group);
}

/** Whether a finding tells why, though it proves nothing: a refusal that would befall a right signature as well does not. */
const tellsWhy = ({ certainty, matter }, isSigned) => certainty !== 'likely' && certainty !== 'proved' && (!isSigned || !['time', 'condition'].includes(matter));

/** Whether the sentence names the places where the signed texts differ. */
export const tellsPlaces = ({ verdict, findings: [best] }) => verdict === 'mismatch' && best?.certainty === 'proved';

/** The sentence, and the certainty that goes with it where it is a cause. */
export function headline(explanation, words, { hasSecret }) {
  const { report, headline: { places, isOrder } } = explanation;
  const [best] = report.findings;
  const says = words.headlines;
  const standing = best && { certainty: best.certainty, matters: [...new Set(bestGroup(explanation).map(({ matter }) => matter))] };
  switch (report.verdict) {
    case 'valid':
      return { text: says.valid };
    case 'rejected':
      return { text: hasSecret ? says.refused(best?.title ?? '') : (best?.title ?? ''), standing };
    case 'mismatch':
      if (tellsPlaces(report)) {
        const names = places.map(({ role, name, line }) => (line === undefined ? words.place(role, name) : words.line(line)));
        const different = names.filter((name, at) => name !== names[at - 1]);
        if (different.length === 0) return { text: best.title, standing };
        return { text: (isOrder ? says.order : says.places)(different), standing };
      }
      if (best && tellsWhy(best, report.provided_signature !== '')) return { text: best.title, standing };
      return { text: report.searched.depth > 0 ? says.unexplained : says.differs };
    default:
      if (best && tellsWhy(best, report.provided_signature !== '')) return { text: best.title, standing };
      return { text: hasSecret ? says.undecided : says.undecidedNoSecret };
  }
}
