/**
 * Which anomalies there are, which consistency models they rule out, and how models imply one
 * another.
 *
 * <h2>The problem</h2>
 *
 * A checker finds anomalies; people promise models. Between the two stands a lattice: a model
 * proscribes phenomena, a phenomenon is a special case of others, a model is stronger than others.
 * From it follows what a found anomaly rules out, and which anomalies break the promise at hand.
 *
 * <h2>The design</h2>
 *
 * Two enumerations say what is known directly: {@link
 * dev.faultline.checkers.transactions.models.Anomaly} of what it is a special case, {@link
 * dev.faultline.checkers.transactions.models.ConsistencyModel} what it proscribes and which models
 * it implies. {@link dev.faultline.checkers.transactions.models.ModelLattice} closes both.
 *
 * <p>Sources: PL-1, PL-2, PL-CS, PL-2L, PL-MSR, PL-2+, PL-FCV, PL-SI, PL-2.99, PL-3U, PL-3 and the
 * phenomena G0, G1a–c, G-single, G-SI, G2 are Adya's (thesis, 1999); lost update, write skew and
 * cursor stability go back to Berenson et al. (SIGMOD 1995); session and strong forms to Daudjee
 * and Salem (VLDB 2006); read atomic, causal, prefix, parallel snapshot isolation and update atomic
 * to Cerone, Bernardi and Gotsman (CONCUR 2015), who also show that cycles without adjacent
 * anti-dependencies are what snapshot isolation forbids; monotonic atomic view to Bailis et al.
 * (VLDB 2013); the non-transactional models to Viotti and Vukolić (ACM Computing Surveys 2016). A
 * client-centric account of the same models is Crooks et al. (PODC 2017).
 *
 * <h2>A worked example</h2>
 *
 * <pre>{@code
 * ModelLattice.Impossible ruledOut = new ModelLattice().impossible(EnumSet.of(Anomaly.G2_ITEM));
 * ruledOut.not();     // [repeatable-read]: the weakest models that forbid it
 * ruledOut.alsoNot(); // [serializable, strict-serializable, strong-session-serializable]
 * }</pre>
 */
@NullMarked
package dev.faultline.checkers.transactions.models;

import org.jspecify.annotations.NullMarked;
