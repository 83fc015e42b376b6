/**
 * Campaigns that show what the harness itself is worth: that it does not cry wolf, and that it
 * finds known bugs.
 *
 * <p>Whoever reads a VALID wants to know what it would have taken to get an INVALID. {@link
 * dev.faultline.harness.evidence.DetectionCampaign} answers with bugs of real systems, switched on
 * one at a time; {@link dev.faultline.harness.evidence.SoundnessCampaign} runs the plain server
 * until a false alarm would have shown.
 */
@NullMarked
package dev.faultline.harness.evidence;

import org.jspecify.annotations.NullMarked;
