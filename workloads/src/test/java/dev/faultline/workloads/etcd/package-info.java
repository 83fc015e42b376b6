@NullMarked
package dev.faultline.workloads.etcd;

import org.jspecify.annotations.NullMarked;
